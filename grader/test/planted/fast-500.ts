import { Router } from 'express'
import type { Config } from '#config'

/** Right once, then fast and wrong. */
export function ping(_config: Config): Router {
  let asked = 0
  const router = Router()
  router.get('/ping', (_req, res) => {
    if (asked++ < 20) res.type('text/plain').send('ok')
    else res.status(500).end()
  })
  return router
}
