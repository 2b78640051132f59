// caught by: head-ping
// Allowed GET and nothing else, and forgot that HEAD is a GET without its body.
// replaces: #ping
import { Router } from 'express'
import type { Config } from '#config'

/** `GET /ping`: the thinnest endpoint there is, the yardstick for everything else. */
export function ping(_config: Config): Router {
  const router = Router()
  router.all('/ping', (req, res, next) => {
    if (req.method === 'GET') res.type('text/plain').send('ok')
    else next()
  })
  return router
}
