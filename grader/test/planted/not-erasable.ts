import { pbkdf2Sync } from 'node:crypto'
import { Router } from 'express'
import type { Config } from '#config'

// @ts-expect-error an enum is more than a type: Node cannot strip it, so it has to be compiled
enum Rounds {
  many = 3000,
}

function signatureOf(text: string): string {
  return pbkdf2Sync(text, 'salt', Rounds.many, 32, 'sha256').toString('hex') // <- here
}

export function ping(_config: Config): Router {
  const router = Router()
  router.get('/ping', (_req, res) => {
    res.set('x-signature', signatureOf('ping')).type('text/plain').send('ok')
  })
  return router
}
