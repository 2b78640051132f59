// The thinnest endpoint without Express's helpers: headers and body in one call, no charset.
// replaces: #ping
import type { ServerResponse } from 'node:http'
import { Router } from 'express'
import type { Config } from '#config'

const headers = { 'Content-Type': 'text/plain', 'Content-Length': 2 }

export function ping(_config: Config): Router {
  return Router().get('/ping', (_req, res: ServerResponse) => {
    res.writeHead(200, headers).end('ok')
  })
}
