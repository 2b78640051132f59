// Preloaded when a variant is graded: one import of the server, and only there, is another file.
import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'

const { specifier: replaced, file } = JSON.parse(process.env.WORKSHOP_REPLACE)
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === replaced ? next(pathToFileURL(file).href, context) : next(specifier, context),
})
