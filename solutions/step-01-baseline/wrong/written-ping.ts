// caught by: head-ping
// Wrote the answer in pieces, so that nobody knows its length beforehand and HEAD cannot say it.
// replaces: #ping
import { Router } from 'express'
import type { Config } from '#config'

/** `GET /ping`: the thinnest endpoint there is, the yardstick for everything else. */
export function ping(_config: Config): Router {
  const router = Router()
  router.get('/ping', (_req, res) => {
    res.type('text/plain')
    res.write('o')
    res.end('k')
  })
  return router
}
