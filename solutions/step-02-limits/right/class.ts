// A class holds both parts; the body is read by for await, which must not destroy what it leaves.
import { createServer as createHttpServer, type Server, type ServerOptions } from 'node:http'
import type { Express, NextFunction, Request, Response } from 'express'
import type { Config } from '#config'

class HttpError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

class Limits {
  readonly #config: Config

  constructor(config: Config) {
    this.#config = config
  }

  get #options(): ServerOptions {
    return {
      connectionsCheckingInterval: this.#config.timeoutCheckIntervalMs,
      headersTimeout: this.#config.headersTimeoutMs,
      requestTimeout: this.#config.requestTimeoutMs,
      keepAliveTimeout: this.#config.keepAliveTimeoutMs,
      keepAliveTimeoutBuffer: 0,
      maxHeaderSize: this.#config.maxHeaderBytes,
    }
  }

  serve(app: Express): Server {
    const { maxConnections, maxRequestsPerSocket, maxHeaderCount } = this.#config
    return Object.assign(createHttpServer(this.#options, app.disable('x-powered-by')), {
      maxConnections,
      maxRequestsPerSocket,
      maxHeadersCount: maxHeaderCount,
    })
  }

  readonly json = async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    try {
      if (req.is('application/json')) req.body = parse(await this.#read(req))
      next()
    } catch (error) {
      if (!req.complete) res.set('Connection', 'close')
      next(error)
    }
  }

  async #read(req: Request): Promise<Buffer> {
    const most = this.#config.maxBodyBytes
    if (req.headers['content-encoding']) throw new HttpError(415, 'no Content-Encoding, please')
    if (Number(req.headers['content-length']) > most) throw new HttpError(413, 'body too large')
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > most) throw new HttpError(413, 'body too large')
    }
    return Buffer.concat(chunks)
  }
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new HttpError(400, 'body is not JSON')
  }
}

export const createServer = (app: Express, config: Config): Server => new Limits(config).serve(app)
export const readJson = (config: Config) => new Limits(config).json
