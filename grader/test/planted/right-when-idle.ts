import { Router } from 'express'
import type { Config } from '#config'

/** The right body as long as hardly anybody asks. */
export function ping(_config: Config): Router {
  let asked = 0
  setInterval(() => {
    asked = 0
  }, 100).unref()
  const router = Router()
  router.get('/ping', (_req, res) => {
    res.type('text/plain').send(++asked > 100 ? 'no' : 'ok')
  })
  return router
}
