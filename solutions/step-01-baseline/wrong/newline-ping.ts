// caught by: ping
// Ended the line, as one does in a terminal.
// replaces: #ping
import { Router } from 'express'
import type { Config } from '#config'

/** `GET /ping`: the thinnest endpoint there is, the yardstick for everything else. */
export function ping(_config: Config): Router {
  const router = Router()
  router.get('/ping', (_req, res) => {
    res.type('text/plain').send('ok\n')
  })
  return router
}
