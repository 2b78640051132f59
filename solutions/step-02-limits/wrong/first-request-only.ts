// caught by: dripped-headers
// Wrote own clocks; the one for headers starts with the connection, so that only its first request has it.
import { createServer as createHttpServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Express, RequestHandler } from 'express'
import getRawBody from 'raw-body'
import type { Config } from '#config'

/** Puts the app behind an HTTP server. */
export function createServer(app: Express, config: Config): Server {
  app.disable('x-powered-by')
  const headerTimers = new WeakMap<Socket, NodeJS.Timeout>()
  const server = createHttpServer(
    {
      requestTimeout: 0,
      keepAliveTimeout: config.keepAliveTimeoutMs,
      maxHeaderSize: config.maxHeaderBytes,
    },
    (req, res) => {
      clearTimeout(headerTimers.get(req.socket))
      const timer = setTimeout(() => req.socket.destroy(), config.requestTimeoutMs)
      req.once('close', () => clearTimeout(timer))
      app(req, res)
    },
  )
  server.maxHeadersCount = config.maxHeaderCount
  server.maxRequestsPerSocket = config.maxRequestsPerSocket
  server.maxConnections = config.maxConnections
  server.on('connection', (socket) => {
    const timer = setTimeout(() => socket.destroy(), config.headersTimeoutMs)
    headerTimers.set(socket, timer)
    socket.once('close', () => clearTimeout(timer))
  })
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
      res.set('Connection', 'close')
      next(error instanceof SyntaxError ? Object.assign(error, { status: 400 }) : error)
    }
  }
}
