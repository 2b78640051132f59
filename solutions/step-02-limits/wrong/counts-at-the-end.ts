// caught by: chunked-body
// Measured the body when it was there, all of it.
import { createServer as createHttpServer, type Server } from 'node:http'
import type { Express, RequestHandler } from 'express'
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
  return (req, res, next) => {
    if (!req.is('application/json')) return next()
    if (req.headers['content-encoding']) return res.status(415).json({ error: 'send it plain' })
    const refuse = () => {
      req.pause().removeAllListeners('data')
      res.set('Connection', 'close').status(413).json({ error: 'too large' })
    }
    if (Number(req.headers['content-length']) > config.maxBodyBytes) return refuse()
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
    })
    req.on('error', next)
    req.on('end', () => {
      const size = chunks.reduce((sum, { length }) => sum + length, 0)
      if (size > config.maxBodyBytes) return refuse()
      try {
        req.body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
        next()
      } catch {
        res.status(400).json({ error: 'not JSON' })
      }
    })
  }
}
