import { describe, expect, it, vi } from "vitest";
import { ApiClient } from "../../src/api/client.js";
import { ApiProblem, MadeBefore, SignInExpired, Unreachable } from "../../src/api/failures.js";
import { CREDENTIAL, json } from "../fixtures.js";

function client(answer: () => Response | Promise<Response>, token = async () => "console-token") {
  const fetcher = vi.fn<typeof fetch>(async () => answer());
  return { api: new ApiClient("https://api.example.com/stage/", token, fetcher), fetcher };
}

describe("a client that is told further", () => {
  it("tells each failure to who listens, too", async () => {
    const failed = vi.fn();
    const api = new ApiClient("https://api.example.com", () => Promise.reject(new Error()), fetch, { failed });
    await expect(api.consoleUser()).rejects.toBeInstanceOf(SignInExpired);
    expect(failed).toHaveBeenCalledExactlyOnceWith(expect.any(SignInExpired));
  });
});

describe("a managed call", () => {
  it("goes below the service's path with the console user's bearer token", async () => {
    const { api, fetcher } = client(() => json({ credentials: [CREDENTIAL], next_cursor: "next" }));
    const page = await api.credentials({ status: "all", search: "" }, "here");
    expect(page).toEqual({ items: [CREDENTIAL], nextCursor: "next" });
    const [address, init] = fetcher.mock.calls[0]!;
    expect(address).toBe("https://api.example.com/stage/v1/credentials?status=all&cursor=here");
    expect(new Headers(init?.headers).get("Authorization")).toBe("Bearer console-token");
    expect(init).toMatchObject({ credentials: "omit", cache: "no-store" });
  });

  it("fills the parameters of its path in, encoded", async () => {
    const { api, fetcher } = client(() => json(CREDENTIAL));
    await api.revoke("acc_1/../2");
    const [address, init] = fetcher.mock.calls[0]!;
    expect(address).toBe("https://api.example.com/stage/v1/credentials/acc_1%2F..%2F2/revoke");
    expect(init?.method).toBe("POST");
  });

  it("turns a problem into an error with the request id and the faults", async () => {
    const problem = {
      title: "The request is not valid",
      detail: "The credential breaks a rule.",
      request_id: "r-1",
      errors: [{ pointer: "/name", detail: "must not be blank" }],
    };
    const { api } = client(() => json(problem, 400));
    const failure = await api.create({ name: " " }, "key").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiProblem);
    expect(failure).toMatchObject({ status: 400, title: problem.title, requestId: "r-1", faults: problem.errors });
  });

  it("takes the request id from the header where the body is no problem document", async () => {
    const { api } = client(() => new Response("<html>", { status: 502, headers: { "X-Request-Id": "r-2" } }));
    await expect(api.consoleUser()).rejects.toMatchObject({ status: 502, requestId: "r-2" });
  });

  it("says that the sign-in has expired when the service refuses the token", async () => {
    const { api } = client(() => json({ title: "The token is not valid" }, 401));
    await expect(api.consoleUser()).rejects.toBeInstanceOf(SignInExpired);
  });

  it("asks nothing of the service when there is no token", async () => {
    const { api, fetcher } = client(
      () => json({}),
      () => Promise.reject(new Error("signed out")),
    );
    await expect(api.consoleUser()).rejects.toBeInstanceOf(SignInExpired);
    expect(fetcher).not.toHaveBeenCalled();
  });

  it("tells an answer that never came from a refusal", async () => {
    const { api } = client(() => Promise.reject(new TypeError("Failed to fetch")));
    await expect(api.revokeAll("key")).rejects.toBeInstanceOf(Unreachable);
  });

  it("counts half an answer as none", async () => {
    const { api } = client(() => new Response('{"client_id": "acc', { status: 201 }));
    await expect(api.create({ name: "x" }, "key")).rejects.toBeInstanceOf(Unreachable);
  });
});

describe("a call that makes something", () => {
  it("goes under the key of its action", async () => {
    const { api, fetcher } = client(() => json({}));
    await api.create({ name: "x" }, "key-1");
    await api.addSecret("acc_1", 0, "key-2");
    await api.revokeAll("key-3");
    const keys = fetcher.mock.calls.map(([, init]) => new Headers(init?.headers).get("Idempotency-Key"));
    expect(keys).toEqual(["key-1", "key-2", "key-3"]);
  });

  it("that was carried out before names what it made", async () => {
    const { api } = client(() => json({ type: "urn:problem-type:already_created", client_id: "acc_1" }, 409));
    const failure = await api.create({ name: "x" }, "key").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MadeBefore);
    expect(failure).toMatchObject({ clientId: "acc_1" });
  });
});

describe("the exchange", () => {
  it("sends the secret in the Authorization header and nowhere else", async () => {
    const { api, fetcher } = client(() => json({ access_token: "a.b.c", expires_in: 900 }));
    await api.exchange("acc_1", "accs_secret");
    const [address, init] = fetcher.mock.calls[0]!;
    expect(address).toBe("https://api.example.com/stage/oauth/token");
    expect(new Headers(init?.headers).get("Authorization")).toBe(`Basic ${btoa("acc_1:accs_secret")}`);
    expect(String(init?.body)).toBe("grant_type=client_credentials");
  });

  it("refuses in the words of RFC 6749", async () => {
    const { api } = client(() => json({ error: "invalid_client", error_description: "Client authentication failed." }, 401));
    await expect(api.exchange("acc_1", "x")).rejects.toMatchObject({ title: "invalid_client", status: 401 });
  });
});
