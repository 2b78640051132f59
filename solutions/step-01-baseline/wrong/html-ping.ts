// caught by: ping
// Thought that send() of a text is text; Express calls it HTML.
// replaces: #ping
import { Router } from 'express'
import type { Config } from '#config'

/** `GET /ping`: the thinnest endpoint there is, the yardstick for everything else. */
export function ping(_config: Config): Router {
  const router = Router()
  router.get('/ping', (_req, res) => {
    res.send('ok')
  })
  return router
}
