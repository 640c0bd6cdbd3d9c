// openapi-generator's typescript-fetch.
import { Configuration, CredentialsApi, OAuthApi, ProtectedResourceApi } from './client/index'

const { ISSUER: basePath, CONSOLE_TOKEN } = process.env

async function exchange(): Promise<void> {
  const credentials = new CredentialsApi(new Configuration({ basePath, accessToken: CONSOLE_TOKEN }))
  const created = await credentials.createCredential({ credentialRequest: { name: 'typescript-fetch' } })

  const oauth = new OAuthApi(
    new Configuration({ basePath, username: created.clientId, password: created.clientSecret }),
  )
  const issued = await oauth.issueToken({ grantType: 'client_credentials' })

  // The generator puts the token of an OAuth 2 scheme into the header as it is given.
  const accessToken = `${issued.tokenType} ${issued.accessToken}`
  const resource = new ProtectedResourceApi(new Configuration({ basePath, accessToken }))
  const me = await resource.whoami({})
  if (me.clientId !== created.clientId) throw new Error(JSON.stringify(me))

  const { credentials: listed } = await credentials.listCredentials({})
  if (!listed.some((credential) => credential.clientId === created.clientId)) throw new Error('not listed')
  console.log('done')
}

void exchange()
