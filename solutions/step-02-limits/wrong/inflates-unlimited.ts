// caught by: compressed-body
// Limited what comes over the wire, then inflated it to whatever it becomes.
import { createServer as createHttpServer, type Server } from 'node:http'
import { promisify } from 'node:util'
import { gunzip as gunzipCallback } from 'node:zlib'
import type { Express, RequestHandler } from 'express'
import getRawBody from 'raw-body'
import type { Config } from '#config'

const gunzip = promisify(gunzipCallback)

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
    try {
      const bytes = await getRawBody(req, {
        length: req.headers['content-length'],
        limit: config.maxBodyBytes,
      })
      const gzipped = req.headers['content-encoding'] === 'gzip'
      const text = gzipped ? await gunzip(bytes) : bytes
      req.body = JSON.parse(text.toString('utf8'))
      next()
    } catch (error) {
      res.set('Connection', 'close')
      next(error instanceof SyntaxError ? Object.assign(error, { status: 400 }) : error)
    }
  }
}
