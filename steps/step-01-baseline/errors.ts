import type { ErrorRequestHandler, RequestHandler } from 'express'

export const notFound: RequestHandler = (req, res) => {
  res.status(404).json({ error: `nothing at ${req.method} ${req.path}` })
}

/**
 * Errors with a 4xx status (a body parser's, a router's) are the client's to know; the rest is ours:
 * the log gets the details, the client only the fact.
 */
export const handleError: ErrorRequestHandler = (error, _req, res, next) => {
  if (res.headersSent) return next(error)
  const status = Number(error?.status)
  if (status >= 400 && status < 500) {
    res.status(status).json({ error: error.message })
  } else {
    console.error(error)
    res.status(500).json({ error: 'internal error' })
  }
}
