// caught by: load:failed-requests
// Thought that a connection is used up after ten requests.
// replaces: #limits
import { createServer as createHttpServer, type Server } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import type { Config } from '#config'

/** Puts the app behind an HTTP server. */
export function createServer(app: Express, _config: Config): Server {
  const server = createHttpServer(app)
  server.maxRequestsPerSocket = 10
  return server
}

/** Reads a JSON request body into `req.body`. */
export function readJson(_config: Config): RequestHandler {
  return express.json({ limit: '1gb' }) // "somebody's order was refused once"
}
