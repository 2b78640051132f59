import { createServer as createHttpServer, type Server } from 'node:http'
import type { Express, RequestHandler } from 'express'
import getRawBody from 'raw-body'
import type { Config } from '#config'

/** Puts the app behind an HTTP server whose every wait and every size has an end. */
export function createServer(app: Express, config: Config): Server {
  app.disable('x-powered-by')
  const server = createHttpServer(
    {
      headersTimeout: config.headersTimeoutMs,
      requestTimeout: config.requestTimeoutMs,
      // Who looks at the two clocks above, and how often. Read once, at listen().
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

/** Reads a JSON request body into `req.body`, and stops reading at the limit. */
export function readJson(config: Config): RequestHandler {
  return async (req, res, next) => {
    if (!req.is('application/json')) return next()
    if (req.headers['content-encoding']) {
      res.status(415).set('Connection', 'close').json({ error: 'send the body uncompressed' })
      return
    }
    try {
      const text = await getRawBody(req, {
        length: req.headers['content-length'],
        limit: config.maxBodyBytes,
        encoding: 'utf-8',
      })
      req.body = JSON.parse(text)
    } catch (error) {
      // What is left of the body will never be read, so this connection has no next request.
      if (!(error instanceof SyntaxError)) res.set('Connection', 'close')
      return next(error instanceof SyntaxError ? Object.assign(error, { status: 400 }) : error)
    }
    next()
  }
}
