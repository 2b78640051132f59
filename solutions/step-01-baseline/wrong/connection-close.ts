// caught by: kept-connection
// Thought that a connection which is closed cannot leak.
// replaces: #ping
import { Router } from 'express'
import type { Config } from '#config'

/** `GET /ping`: the thinnest endpoint there is, the yardstick for everything else. */
export function ping(_config: Config): Router {
  const router = Router()
  router.get('/ping', (_req, res) => {
    res.set('Connection', 'close').type('text/plain').send('ok')
  })
  return router
}
