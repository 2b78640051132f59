// caught by: chunked-body
// Looked at Content-Length beforehand and left the rest to express.json, which answers after the last byte.
import { createServer as createHttpServer, type Server } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import type { Config } from '#config'

/** Puts the app behind an HTTP server. */
export function createServer(app: Express, config: Config): Server {
  app.disable('x-powered-by')
  const server = createHttpServer(
    {
      headersTimeout: config.headersTimeoutMs,
      requestTimeout: config.requestTimeoutMs,
      connectionsCheckingInterval: config.timeoutCheckIntervalMs,
      keepAliveTimeout: config.keepAliveTimeoutMs,
      maxHeaderSize: config.maxHeaderBytes,
    },
    app,
  )
  server.maxHeadersCount = config.maxHeaderCount
  server.maxRequestsPerSocket = config.maxRequestsPerSocket
  server.maxConnections = config.maxConnections
  return server
}

/** Reads a JSON request body into `req.body`. */
export function readJson(config: Config): RequestHandler {
  const parse = express.json({ limit: config.maxBodyBytes })
  return (req, res, next) => {
    if (Number(req.headers['content-length']) > config.maxBodyBytes) {
      res.set('Connection', 'close').status(413).json({ error: 'too large' })
    } else {
      parse(req, res, next)
    }
  }
}
