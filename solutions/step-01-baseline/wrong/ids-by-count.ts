// caught by: order-created
// Used the number of orders as an id, as a number, which the path and the JSON then disagree about.
import { type RequestHandler, Router } from 'express'
import { z } from 'zod'
import type { Config } from '#config'

const NewOrder = z.object({
  reference: z.string().min(1).max(100),
  amount: z.number().positive(), // finite and not NaN: zod 4's number() is
})
type Order = z.infer<typeof NewOrder> & { id: number }

/** `POST /orders` stores an order, `GET /orders/:id` shows it. In memory: gone with the process. */
export function orders(config: Config, readJson: (config: Config) => RequestHandler): Router {
  const stored = new Map<number, Order>()
  const router = Router()

  router.post('/orders', readJson(config), (req, res) => {
    const parsed = NewOrder.safeParse(req.body)
    if (!parsed.success) {
      res.status(400).json({ error: z.prettifyError(parsed.error) })
      return
    }
    const order = { id: stored.size + 1, ...parsed.data }
    stored.set(order.id, order)
    res.status(201).location(`/orders/${order.id}`).json(order)
  })

  router.get('/orders/:id', (req, res, next) => {
    const order = stored.get(Number(req.params.id))
    if (order) res.json(order)
    else next()
  })
  return router
}
