// TODO step 02: give this server limits. The lesson is README.md beside this file.
//   1. createServer: two timeouts and how often they are looked at, the keep-alive timeout,
//      the size and number of headers, requests per socket, connections, X-Powered-By.
//   2. readJson: at most config.maxBodyBytes, and 413 before the rest has arrived.
// Every number is in config. Grade with: npm run grade step-02     Stuck? npm run hint step-02

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
