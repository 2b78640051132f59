// Takes compressed bodies, and counts both what is sent and what it inflates to.
import { createServer as createHttpServer, type Server } from 'node:http'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Express, Request, RequestHandler } from 'express'
import type { Config } from '#config'

export function createServer(app: Express, config: Config): Server {
  const server = createHttpServer(
    {
      keepAliveTimeout: config.keepAliveTimeoutMs,
      maxHeaderSize: config.maxHeaderBytes,
      connectionsCheckingInterval: config.timeoutCheckIntervalMs,
      headersTimeout: config.headersTimeoutMs,
      requestTimeout: config.requestTimeoutMs,
    },
    app,
  )
  app.disable('x-powered-by')
  server.maxConnections = config.maxConnections
  server.maxHeadersCount = config.maxHeaderCount
  server.maxRequestsPerSocket = config.maxRequestsPerSocket
  return server
}

const inflaters = new Map([
  ['gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])

function read(req: Request, limitBytes: number): Promise<Buffer> {
  const encoding = req.headers['content-encoding'] ?? 'identity'
  const inflater = inflaters.get(encoding)?.()
  return new Promise((resolve, reject) => {
    const refuse = (status: number, message: string) => {
      req.unpipe()
      req.pause()
      inflater?.destroy()
      reject(Object.assign(new Error(message), { status }))
    }
    const countTo = (act: () => void) => {
      let bytes = 0
      return (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > limitBytes) act()
      }
    }
    const tooLarge = () => refuse(413, 'the body is too large')
    if (encoding !== 'identity' && !inflater) return refuse(415, `${encoding} is not understood`)
    if (Number(req.headers['content-length']) > limitBytes) return tooLarge()

    const chunks: Buffer[] = []
    const source = inflater ? req.pipe(inflater) : req
    if (inflater) req.on('data', countTo(tooLarge))
    source.on('data', countTo(tooLarge))
    source.on('data', (chunk: Buffer) => chunks.push(chunk))
    source.on('end', () => resolve(Buffer.concat(chunks)))
    source.on('error', () => refuse(400, 'the body is broken'))
    req.on('error', () => refuse(400, 'the body ended too early'))
  })
}

export function readJson(config: Config): RequestHandler {
  return (req, res, next) => {
    if (!req.is('application/json')) return next()
    read(req, config.maxBodyBytes)
      .then((bytes) => {
        req.body = JSON.parse(bytes.toString('utf8'))
      })
      .then(
        () => next(),
        (error) => {
          res.set('Connection', 'close')
          res.status(error.status ?? 400).json({ error: error.message })
        },
      )
  }
}
