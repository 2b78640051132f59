import { Router } from 'express'
import type { Config } from '#config'

/** Waits, as for a slow dependency: nothing of it is work. */
export function ping(_config: Config): Router {
  const router = Router()
  router.get('/ping', (_req, res) => {
    setTimeout(() => res.type('text/plain').send('ok'), 50)
  })
  return router
}
