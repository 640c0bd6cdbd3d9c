// openapi-fetch with the types that openapi-typescript makes of the document, as its README shows.
import createClient from 'openapi-fetch'
import type { paths } from './schema.js'

const { ISSUER, CONSOLE_TOKEN } = process.env

const client = createClient<paths>({ baseUrl: ISSUER })

const { data: created, error } = await client.POST('/v1/credentials', {
  body: { name: 'openapi-fetch' },
  headers: { Authorization: `Bearer ${CONSOLE_TOKEN}` },
})
if (error) throw new Error(error.detail)

const rotated = await client.POST('/v1/credentials/{client_id}/secrets', {
  params: { path: { client_id: created.client_id } },
  body: {},
  headers: { Authorization: `Bearer ${CONSOLE_TOKEN}` },
})
if (rotated.error) throw new Error(rotated.error.detail)

const issued = await client.POST('/oauth/token', {
  body: { grant_type: 'client_credentials', client_id: created.client_id, client_secret: rotated.data.client_secret },
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
})
if (issued.error) throw new Error(JSON.stringify(issued.error))

const { data: me } = await client.GET('/v1/whoami', {
  headers: { Authorization: `Bearer ${issued.data.access_token}` },
})
if (me?.client_id !== created.client_id) throw new Error(JSON.stringify(me))

const { data: listed } = await client.GET('/v1/credentials', { headers: { Authorization: `Bearer ${CONSOLE_TOKEN}` } })
if (!listed?.credentials.some((credential) => credential.client_id === created.client_id)) throw new Error('not listed')
console.log('done')
