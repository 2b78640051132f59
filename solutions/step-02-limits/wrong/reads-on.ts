// caught by: closed-after-413
// Thought it polite to let the client finish its upload, for all the time that it takes.
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
    try {
      const text = await getRawBody(req, {
        length: req.headers['content-length'],
        limit: config.maxBodyBytes,
        encoding: 'utf-8',
      })
      req.body = JSON.parse(text)
      next()
    } catch (error) {
      req.resume()
      next(error instanceof SyntaxError ? Object.assign(error, { status: 400 }) : error)
    }
  }
}
