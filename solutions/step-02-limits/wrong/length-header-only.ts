// caught by: chunked-body
// Believed that every client says in Content-Length how much will come.
import { createServer as createHttpServer, type Server } from 'node:http'
import type { Express, RequestHandler } from 'express'
import getRawBody from 'raw-body'
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
  return async (req, res, next) => {
    if (!req.is('application/json')) return next()
    if (req.headers['content-encoding']) return res.status(415).json({ error: 'send it plain' })
    if (Number(req.headers['content-length']) > config.maxBodyBytes) {
      return res.set('Connection', 'close').status(413).json({ error: 'too large' })
    }
    try {
      const text = await getRawBody(req, { encoding: 'utf-8' })
      req.body = JSON.parse(text)
      next()
    } catch (error) {
      res.set('Connection', 'close')
      next(error instanceof SyntaxError ? Object.assign(error, { status: 400 }) : error)
    }
  }
}
