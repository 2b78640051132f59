import { Router } from 'express'
import type { Config } from '#config'

const words = /^(\w+\s?)*$/

class Guard {
  readonly agent = 'aaaaaaaaaaaaaaaaaaaa!'

  accepts(): boolean {
    return !words.test(this.agent) // <- here
  }
}

export function ping(_config: Config): Router {
  const guard = new Guard()
  const router = Router()
  router.get('/ping', (_req, res) => {
    res
      .status(guard.accepts() ? 200 : 400)
      .type('text/plain')
      .send('ok')
  })
  return router
}
