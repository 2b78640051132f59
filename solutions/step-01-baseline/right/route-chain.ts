// router.route chains: read, validate, create are steps of their own that hand on by res.locals.
import { type RequestHandler, Router } from 'express'
import { z } from 'zod'
import type { Config } from '#config'

const Order = z.object({
  reference: z.string().nonempty().max(100),
  amount: z.number().positive(),
})

const validate: RequestHandler = (req, res, next) => {
  const { success, data } = Order.safeParse(req.body)
  if (!success) return res.status(400).json({ error: 'reference and amount are wanted' })
  res.locals.order = data
  next()
}

export function orders(config: Config, readJson: (config: Config) => RequestHandler): Router {
  const started = Date.now().toString(36)
  const stored = new Map<string, z.infer<typeof Order> & { id: string }>()
  const router = Router()
  router
    .route('/orders')
    .all(readJson(config))
    .post(validate, (_req, res) => {
      const id = `${started}-${stored.size}`
      stored.set(id, { ...res.locals.order, id })
      res.set('Location', `/orders/${id}`).status(201).json(stored.get(id))
    })
  router.route('/orders/:id').get((req, res, next) => {
    const order = stored.get(req.params.id)
    return order ? res.json(order) : next('router')
  })
  return router
}
