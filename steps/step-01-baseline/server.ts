// The whole server, composed once. Each #name is one layer; package.json's "imports" says which
// files a name can mean, and the conditions given to node choose one of them.

import express from 'express'
import { config } from '#config'
import { customers } from '#customers'
import { hotPath } from '#hot-path'
import { lifecycle } from '#lifecycle'
import { createServer, readJson } from '#limits'
import { logging } from '#logging'
import { orders } from '#orders'
import { ping } from '#ping'
import { prices } from '#prices'
import { trustProxies } from '#proxy'
import { rateLimit } from '#rate-limit'
import { routes } from '#routes'
import { scale } from '#scale'
import { secure } from '#tls'
import { upstream } from '#upstream'
import { websocket } from '#websocket'
import { handleError, notFound } from './errors.ts'
import { listen } from './listen.ts'

const app = express()
trustProxies(app, config) //            step 07: whose X-Forwarded-For counts
app.use(logging(config)) //             step 05
app.use(rateLimit(config)) //           step 06: before anything that costs
app.use(routes(config)) //              step 08: groups of routes with their own middleware
app.use(ping(config))
app.use(orders(config, readJson)) //    step 02: readJson decides how much body is too much
app.use(prices(config)) //              step 03
app.use(customers(config)) //           step 04
app.use(upstream(config)) //            step 12
app.use(hotPath(config)) //             step 14
app.use(notFound)
app.use(handleError)

const server = secure(createServer(app, config), app, config) // steps 02 and 09
websocket(server, config) //            step 10
lifecycle(server, config) //            step 11
scale(config, () => listen(server, config)) // step 13: in how many processes
