// Every limit is a property, set before the server listens; the body is read with plain callbacks.
import { createServer as createHttpServer, type Server } from 'node:http'
import type { Express, RequestHandler } from 'express'
import type { Config } from '#config'

export function createServer(app: Express, config: Config): Server {
  app.set('x-powered-by', false)
  const server = createHttpServer({ maxHeaderSize: config.maxHeaderBytes })
  server.headersTimeout = config.headersTimeoutMs
  server.requestTimeout = config.requestTimeoutMs
  server.keepAliveTimeout = config.keepAliveTimeoutMs
  server.maxHeadersCount = config.maxHeaderCount
  server.maxRequestsPerSocket = config.maxRequestsPerSocket
  server.maxConnections = config.maxConnections
  // No type knows this property; Node reads it when the server begins to listen, not later.
  Object.assign(server, { connectionsCheckingInterval: config.timeoutCheckIntervalMs })
  server.on('request', app)
  return server
}

export function readJson({ maxBodyBytes }: Config): RequestHandler {
  return (req, res, next) => {
    if (!req.is('json')) return next()

    const pieces: Buffer[] = []
    let sizeBytes = 0
    const refuse = (status: number, error: string) => {
      req.off('data', onData).off('end', onEnd).pause()
      res.status(status).set('Connection', 'close').json({ error })
    }
    const onData = (piece: Buffer) => {
      pieces.push(piece)
      sizeBytes += piece.length
      if (sizeBytes > maxBodyBytes) refuse(413, 'the body is too large')
    }
    const onEnd = () => {
      try {
        req.body = JSON.parse(Buffer.concat(pieces).toString())
      } catch {
        return refuse(400, 'the body is not JSON')
      }
      next()
    }
    if (req.headers['content-encoding']) return refuse(415, 'compressed bodies are not taken')
    if (Number(req.headers['content-length'] ?? 0) > maxBodyBytes) {
      return refuse(413, 'the body is too large')
    }
    req.on('data', onData).on('end', onEnd)
  }
}
