import { pbkdf2Sync } from 'node:crypto'
import { Router } from 'express'
import type { Config } from '#config'

/** Waits for a hash on the event loop. */
function signatureOf(text: string): string {
  const salt = `salt of ${text}`
  return pbkdf2Sync(text, salt, 3000, 32, 'sha256').toString('hex') // <- here
}

export function ping(_config: Config): Router {
  const router = Router()
  router.get('/ping', (_req, res) => {
    res.set('x-signature', signatureOf('ping')).type('text/plain').send('ok')
  })
  return router
}
