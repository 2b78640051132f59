// caught by: load:order-speed
// "Count every byte": correct, and it looks at each byte of each body by itself.
import { createServer as createHttpServer, type Server } from 'node:http'
import type { Express, RequestHandler } from 'express'
import type { Config } from '#config'

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

export function readJson(config: Config): RequestHandler {
  return (req, res, next) => {
    if (!req.is('application/json')) return next()
    const refuse = (status: number, message: string) => {
      req.off('data', onData).off('end', onEnd).pause()
      res.set('Connection', 'close')
      next(Object.assign(new Error(message), { status }))
    }
    let bytes: number[] = []
    const onData = (chunk: Buffer) => {
      for (const byte of chunk) {
        bytes = addByte(bytes, byte)
        if (bytes.length > config.maxBodyBytes) return refuse(413, 'too large')
      }
    }
    const onEnd = () => {
      try {
        req.body = JSON.parse(Buffer.from(bytes).toString('utf8'))
      } catch {
        return refuse(400, 'not JSON')
      }
      next()
    }
    if (Number(req.headers['content-length'] ?? 0) > config.maxBodyBytes) {
      return refuse(413, 'too large')
    }
    if (req.headers['content-encoding']) return refuse(415, 'send it plain')
    req.on('data', onData).on('end', onEnd)
  }
}

function addByte(bytes: number[], byte: number): number[] {
  bytes.push(byte)
  return bytes
}
