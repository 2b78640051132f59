// caught by: chunked-order
// Thought that every honest client says beforehand how much it sends.
// replaces: #limits
import { createServer as createHttpServer, type Server } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import type { Config } from '#config'

/** Puts the app behind an HTTP server. */
export function createServer(app: Express, _config: Config): Server {
  return createHttpServer(app)
}

/** Reads a JSON request body into `req.body`. */
export function readJson(_config: Config): RequestHandler {
  const parse = express.json({ limit: '1gb' })
  return (req, res, next) => {
    if (req.headers['transfer-encoding']) res.status(411).json({ error: 'Content-Length, please' })
    else parse(req, res, next)
  }
}
