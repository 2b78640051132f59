import { createServer as createHttpServer, type Server } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import type { Config } from '#config'

/** Puts the app behind an HTTP server. */
export function createServer(app: Express, _config: Config): Server {
  return createHttpServer(app)
}

/** Reads a JSON request body into `req.body`. */
export function readJson(_config: Config): RequestHandler {
  return express.json({ limit: '1gb' }) // "somebody's order was refused once"
}
