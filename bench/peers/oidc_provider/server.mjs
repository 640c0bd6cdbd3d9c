// oidc-provider as its documentation sets up client credentials: clients in memory, JWT access tokens by RFC 9068 for
// one resource, signed with a local RSA key; opaque ones for another, to be introspected. Prints its port.
import { generateKeyPairSync } from 'node:crypto'
import { Provider } from 'oidc-provider'

const [clientId, clientSecret] = process.argv.slice(2)
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const resource = 'https://api.example.com'

const provider = new Provider('http://127.0.0.1', {
  clients: [{
    client_id: clientId,
    client_secret: clientSecret,
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    token_endpoint_auth_method: 'client_secret_basic',
  }],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'bench', use: 'sig', alg: 'RS256' }] },
  scopes: ['orders:read'],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => resource,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context, indicator) => ({
        scope: 'orders:read',
        audience: indicator,
        accessTokenTTL: 900,
        accessTokenFormat: indicator === resource ? 'jwt' : 'opaque',
        jwt: { sign: { alg: 'RS256' } },
      }),
    },
  },
})

const server = provider.listen(0, '127.0.0.1', () => console.log(server.address().port))
