import { Router } from 'express'
import type { Config } from '#config'

export function ping(_config: Config): Router {
  const router = Router()
  router.get('/ping', (_req, res) => {
    res.type('text/plain').send('ok')
  })
  return router
}
