import type { RequestHandler } from 'express'
import type { Config } from '#config'

/** Step 05 writes a log here. */
export const logging =
  (_config: Config): RequestHandler =>
  (_req, _res, next) =>
    next()
