// npm jose: an assertion and a proof made by hand, and an access token checked as RFC 9068 §4 tells an API to.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import * as jose from 'jose'
import { asked, createCredential } from './credential.mjs'

const { publicKey, privateKey } = await jose.generateKeyPair(asked.algorithm)
const jwk = await jose.exportJWK(publicKey)
const credential = await createCredential({ name: 'jose', jwks: jwk })
const proofKey = await jose.generateKeyPair(asked.algorithm)
const proofJwk = await jose.exportJWK(proofKey.publicKey)

function assertion() {
  return new jose.SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: asked.algorithm })
    .setIssuer(credential.client_id)
    .setSubject(credential.client_id)
    .setAudience(asked.issuer)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(privateKey)
}

function proof() {
  return new jose.SignJWT({ jti: randomUUID(), htm: 'POST', htu: `${asked.issuer}/oauth/token` })
    .setProtectedHeader({ alg: asked.algorithm, typ: 'dpop+jwt', jwk: proofJwk })
    .setIssuedAt()
    .sign(proofKey.privateKey)
}

const response = await fetch(`${asked.issuer}/oauth/token`, {
  method: 'POST',
  headers: asked.dpop ? { dpop: await proof() } : {},
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertion(),
  }),
})
const token = await response.json()
assert.equal(response.status, 200, JSON.stringify(token))
const keys = jose.createRemoteJWKSet(new URL(`${asked.issuer}/.well-known/jwks.json`))
const { payload } = await jose.jwtVerify(token.access_token, keys, {
  issuer: asked.issuer,
  audience: asked.audience,
  typ: 'at+jwt',
  requiredClaims: ['client_id', 'exp', 'iat', 'jti', 'sub'],
})
assert.equal(payload.client_id, credential.client_id)
assert.equal(payload.cnf?.jkt, asked.dpop ? await jose.calculateJwkThumbprint(proofJwk) : undefined)

console.log('done')
