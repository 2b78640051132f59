import { type RequestHandler, Router } from 'express'
import type { Config } from '#config'

const catalogue = Array.from({ length: 4000 }, (_, id) => ({
  id,
  name: `product ${id}`,
  tags: ['a', 'b'],
}))

/** Serialises everything there is to log its length. */
const measureCatalogue: RequestHandler = (_req, res, next) => {
  const text = JSON.stringify(catalogue) // <- here
  res.set('x-length', String(text.length))
  next()
}

export function ping(_config: Config): Router {
  const router = Router()
  router.get('/ping', measureCatalogue, (_req, res) => {
    res.type('text/plain').send('ok')
  })
  return router
}
