// caught by: malformed-json
// Thought that every error knows its status; the SyntaxError of JSON.parse has none.
// replaces: #limits
import { createServer as createHttpServer, type Server } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Express, RequestHandler } from 'express'
import type { Config } from '#config'

/** Puts the app behind an HTTP server. */
export function createServer(app: Express, _config: Config): Server {
  return createHttpServer(app)
}

/** Reads a JSON request body into `req.body`. */
export function readJson(_config: Config): RequestHandler {
  return async (req, _res, next) => {
    if (!req.is('application/json')) return next()
    const bytes = await buffer(req)
    if (bytes.length > 0) req.body = JSON.parse(bytes.toString('utf8'))
    next()
  }
}
