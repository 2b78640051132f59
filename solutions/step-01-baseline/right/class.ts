// A class over a store, with promises where a database will be, and errors that are thrown.
import { randomBytes } from 'node:crypto'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { z } from 'zod'
import type { Config } from '#config'

const NewOrder = z.strictObject({
  reference: z.string().trim().min(1).max(100),
  amount: z.number().gt(0),
})
type NewOrder = z.infer<typeof NewOrder>

class HttpError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

class Orders {
  readonly #byId: Record<string, NewOrder & { id: string }> = Object.create(null)

  readonly create = async (req: Request, res: Response): Promise<void> => {
    const { data, error } = NewOrder.safeParse(req.body)
    if (error) throw new HttpError(400, z.prettifyError(error))
    const id = randomBytes(12).toString('hex')
    this.#byId[id] = { id, ...data }
    res.location(`/orders/${id}`).status(201).send(this.#byId[id])
  }

  readonly show = async (req: Request<{ id: string }>, res: Response): Promise<void> => {
    const order = this.#byId[req.params.id]
    if (!order) throw new HttpError(404, `no order ${req.params.id}`)
    res.send(order)
  }
}

export function orders(config: Config, readJson: (config: Config) => RequestHandler): Router {
  const { create, show } = new Orders()
  const router = Router()
  router.post('/orders', readJson(config), create)
  router.get('/orders/:id', show)
  return router
}
