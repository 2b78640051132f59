// Answers bad clients itself, as Node would have, and refuses "Expect: 100-continue" beforehand.
import { Server, STATUS_CODES } from 'node:http'
import type { Express, RequestHandler } from 'express'
import getRawBody from 'raw-body'
import type { Config } from '#config'

const statusOf: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

export function createServer(app: Express, config: Config): Server {
  app.disable('x-powered-by')
  const server = new Server(
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

  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (socket.writable && error.code !== 'ECONNRESET') {
      const status = statusOf[error.code ?? ''] ?? 400
      socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`)
    }
    socket.destroy()
  })
  server.on('checkContinue', (req, res) => {
    if (Number(req.headers['content-length']) > config.maxBodyBytes) {
      res.writeHead(413, { Connection: 'close' }).end()
    } else {
      res.writeContinue()
      app(req, res)
    }
  })
  return server
}

export function readJson(config: Config): RequestHandler {
  return (req, res, next) => {
    if (!req.is('application/json')) return next()
    if (req.headers['content-encoding']) {
      res.status(415).set('Connection', 'close').end()
      return
    }
    const { maxBodyBytes: limit } = config
    getRawBody(req, { length: req.headers['content-length'], limit }, (error, bytes) => {
      if (error) {
        res
          .status(error.status ?? 400)
          .set('Connection', 'close')
          .json({ error: error.message })
        return
      }
      try {
        req.body = JSON.parse(bytes.toString('utf8'))
      } catch {
        res.status(400).json({ error: 'not JSON' })
        return
      }
      next()
    })
  }
}
