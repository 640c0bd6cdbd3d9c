/** How a call can fail: one class for each thing that a person can do about it. */

/** The service refused. `requestId` is what its operator needs to find out why. */
export class ApiProblem extends Error {
  readonly status: number;

  constructor(
    statusCode: number,
    readonly title: string,
    readonly detail: string,
    readonly requestId: string | null,
    readonly faults: readonly { readonly pointer: string; readonly detail: string }[] = [],
  ) {
    super(title);
    this.status = statusCode;
  }
}

/** An earlier request under the same Idempotency-Key made this: its secret was in the answer that got lost. */
export class MadeBefore extends Error {
  constructor(
    readonly clientId: string,
    readonly secretId: string,
  ) {
    super();
  }
}

/** The console token is missing, expired or not accepted. */
export class SignInExpired extends Error {}

/** No answer came: nobody knows whether the service did what was asked. */
export class Unreachable extends Error {}

/** Whether what was asked may have been done all the same. */
export function outcomeUnknown(failure: unknown): boolean {
  return failure instanceof Unreachable || (failure instanceof ApiProblem && failure.status >= 500);
}

/** Somebody else changed the credential since it was read. */
export function changedMeanwhile(failure: unknown): boolean {
  return failure instanceof ApiProblem && failure.status === 412;
}
