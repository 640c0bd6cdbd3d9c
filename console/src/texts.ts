import type { Actor, AuditEvent } from "./api/types.js";
import { isolated, visible } from "./format/visible.js";

/** Every text a person reads, in one place. To translate the console, replace this object's values. */
export const texts = {
  title: "API Client Credentials",
  introduction: "Your programs exchange a credential for a short-lived access token and call the API with it.",
  tabs: { label: "API Client Credentials", credentials: "Credentials", auditTrail: "Audit trail" },
  notConfigured: "This element shows API client credentials once the page gives it",
  readOnly: "You can look, but not change anything: your role is viewer.",
  generate: "Generate Client Credentials",
  revoke: "Revoke",
  revokeAll: "Revoke all",
  cancel: "Cancel",
  close: "Close",
  refresh: "Refresh",
  retry: "Try again",
  repeat: "Repeat",
  signInAgain: "Sign in again",
  showMore: "Show more",
  copy: (what: string) => `Copy ${what}`,
  copied: (what: string) => `${what} copied`,
  copyFailed: "The browser did not allow copying. The text is selected: copy it with Ctrl+C or ⌘C.",

  columns: {
    name: "Token Name",
    clientId: "Client ID",
    createdBy: "Created By",
    createdOn: "Created On",
    actions: "Actions",
  },
  filter: {
    label: "Show",
    active: "Active",
    expiring: "Expiring soon",
    suspended: "Suspended",
    expired: "Expired",
    revoked: "Revoked",
    all: "All",
  },
  status: { active: "Active", suspended: "Suspended", expired: "Expired", revoked: "Revoked" },
  noScopes: "No scopes",
  expiresOn: (date: string) => `Expires ${date}`,
  expiredOn: (date: string) => `Expired ${date}`,
  suspendedOn: (date: string, by: string) => `Suspended ${date} by ${isolated(by)}`,
  revokedOn: (date: string, by: string) => `Revoked ${date} by ${isolated(by)}`,
  moreActions: (tokenName: string, clientId: string) => `Actions for ${isolated(tokenName)}, ${clientId}`,
  loading: "Loading…",
  searchFurther: "Search further",
  searchingFurther: { title: "Nothing found so far", text: "There is more to search." },
  stillLoading: "Still loading…",
  shown: (count: number) => (count === 1 ? "1 credential shown" : `${count} credentials shown`),
  empty: {
    active: {
      title: "No active credentials",
      text: "Generate one, give it the name of the program that will use it, and copy its Token Secret.",
      viewerText: "An admin of your organisation can generate one.",
    },
    expiring: { title: "No credentials that expire soon", text: "Active credentials whose expiry date is near appear here." },
    suspended: { title: "No suspended credentials", text: "Credentials that cannot be used until somebody resumes them appear here." },
    revoked: { title: "No revoked credentials", text: "Credentials that somebody revoked appear here." },
    expired: { title: "No expired credentials", text: "Credentials that reached their expiry date appear here." },
    all: { title: "No credentials yet", text: "Credentials appear here once somebody has generated one." },
  },

  create: {
    title: "Generate Client Credentials",
    name: "Token Name",
    nameHint: "The program that will use it, for example “Invoice export”.",
    nameMissing: "Enter a name.",
    nameTooLong: (most: number) => `Use at most ${most} characters.`,
    scopes: "Scopes",
    scopesHint: "What the program may do. Choose no more than it needs.",
    expiry: "Expires",
    expiryChoices: { never: "Never", "30": "In 30 days", "90": "In 90 days", "365": "In 1 year", date: "On a date…" },
    expiryDate: "Last day",
    expiryDateHint: "It works until the end of this day, in your time zone.",
    expiryDateMissing: "Choose a day from today on.",
    submit: "Generate",
    submitting: "Generating…",
    doubt:
      "No answer came back, so a credential with this name may exist already. Try again with nothing changed: it is generated once, however often you try.",
  },
  lost: {
    title: "The credential exists already",
    text: "It was generated when no answer came back. Its Token Secret was in that answer and cannot be shown again: get a new one, which ends the lost one at once, or revoke the credential.",
    replace: "Get a new Token Secret",
  },
  created: {
    title: "Your new credential",
    secret: "Token Secret",
    warning: "Copy the Token Secret now. It will not be shown again.",
    warningDetail: "Nobody can look it up later. If it gets lost, generate another credential and revoke this one.",
    scopes: "Scopes",
    expires: "Expires",
    never: "Never",
    notCopied: "You have not copied the Token Secret. Once this panel closes it is gone.",
    closeAnyway: "Close without copying",
    keepOpen: "Keep open",
    done: "Done",
  },
  useIt: {
    title: "Use it",
    introduction: "Put the Token Secret in the environment variable CLIENT_SECRET, then ask for an access token:",
    languages: "Language",
    code: "code",
    test: "Test this credential",
    testing: "Testing…",
    testHint: "Exchanges it for an access token, from this page.",
    passed: (seconds: number) =>
      `It works. This access token is good for another ${seconds} seconds. A program goes by the expires_in of each answer: a token may come again, and then less is left.`,
    header: "Header",
    claims: "Claims",
  },

  confirmRevoke: {
    title: (tokenName: string) => `Revoke “${isolated(tokenName)}”?`,
    which: (clientId: string, createdOn: string, createdBy: string) =>
      `Client ID ${clientId}, generated ${createdOn} by ${isolated(createdBy)}.`,
    text: "Programs that use this credential can no longer get an access token. This takes effect at once and cannot be undone.",
    tokens:
      "Access tokens it already has stop working wherever your API asks this service. Where it checks them on its own, they work until they expire.",
    button: "Revoke",
    busy: "Revoking…",
  },
  confirmRevokeAll: {
    title: "Revoke all credentials?",
    text: (count: number) =>
      count === 1
        ? "The 1 active credential of your organisation stops working at once."
        : `All ${count} active credentials of your organisation stop working at once, whoever generated them.`,
    programs:
      "Every program that calls the API with one of them is locked out until you give it a new credential. This cannot be undone.",
    tokens:
      "Access tokens they already have stop working wherever your API asks this service. Where it checks them on its own, they work until they expire.",
    understand: "I understand that these programs stop working.",
    button: (count: number) => (count === 1 ? "Revoke 1 credential" : `Revoke all ${count} credentials`),
    busy: "Revoking…",
    known: (active: number | null) =>
      active === 0
        ? "No answer came back, but no credential is active any more. Repeat it to see how far they are marked: it is carried out once."
        : `No answer came back, so it may have been done or not. ${active === null ? "How many credentials are active cannot be read now." : active === 1 ? "1 credential is active now." : `${active} credentials are active now.`} Repeat it: it is carried out once, however often it arrives.`,
  },
  actor: (actor: Actor) => (actor.type === "credential" ? `${visible(actor.name)} (a credential)` : visible(actor.name)),
  nothingToRevoke: "There is no active credential to revoke.",
  revoked: (tokenName: string) => `“${isolated(tokenName)}” is revoked.`,
  alreadyRevoked: (tokenName: string, by: string, date: string) => `“${isolated(tokenName)}” had already been revoked by ${isolated(by)}, ${date}.`,
  revocation: {
    title: "All credentials have stopped working",
    progress: (swept: number, total: number) => `Marking them as revoked: ${swept} of ${total}`,
    completed: (total: number) =>
      total === 1 ? "1 credential is marked as revoked." : `${total} credentials are marked as revoked.`,
    interrupted: "The progress could not be read. The credentials stay revoked.",
  },

  audit: {
    caption: "Audit trail",
    anyAction: "All events",
    onlyOf: (clientId: string) => `Only events of ${clientId}`,
    showAll: "Show the events of all credentials",
    export: "Export",
    exporting: "Exporting…",
    columns: { at: "When", actor: "Who", action: "What", sourceIp: "From", requestId: "Request ID" },
    actions: {
      "credential.created": (tokenName: string) => `Generated “${isolated(tokenName)}”`,
      "credential.secret_added": (tokenName: string) => `Added a Token Secret to “${isolated(tokenName)}”`,
      "credential.secret_ended": (tokenName: string) => `Ended a Token Secret of “${isolated(tokenName)}”`,
      "credential.key_added": (tokenName: string) => `Added a key to “${isolated(tokenName)}”`,
      "credential.key_removed": (tokenName: string) => `Removed a key of “${isolated(tokenName)}”`,
      "credential.edited": (tokenName: string) => `Edited “${isolated(tokenName)}”`,
      "credential.suspended": (tokenName: string) => `Suspended “${isolated(tokenName)}”`,
      "credential.resumed": (tokenName: string) => `Resumed “${isolated(tokenName)}”`,
      "credential.expiring": (tokenName: string) => `“${isolated(tokenName)}” ends soon`,
      "credential.refused": (tokenName: string) => `Refused “${isolated(tokenName)}”`,
      "credential.revoked": (tokenName: string) => `Revoked “${isolated(tokenName)}”`,
      "credentials.revoked_all": () => "Revoked all credentials",
      "credentials.swept": () => "All credentials marked as revoked",
    } satisfies Record<AuditEvent["action"], (tokenName: string) => string>,
    empty: { title: "Nothing recorded yet", text: "Who generated or revoked what, and when, appears here." },
    shown: (count: number) => (count === 1 ? "1 event shown" : `${count} events shown`),
  },

  failures: {
    signInExpired: { title: "Your sign-in has expired", text: "Sign in again to continue. What you have entered stays here." },
    offline: { title: "You are offline", text: "Try again once the connection is back." },
    unreachable: { title: "The service did not answer", text: "Check your connection, then try again." },
    unexpected: { title: "Something went wrong", text: "Try again. If it happens again, contact support." },
    signInFailed: { title: "Signing in did not work", text: "Try again. If no window opens, allow pop-up windows for this page." },
    requestId: "Request ID",
  },

  page: {
    title: "Developer console",
    signInTitle: "Sign in to manage API client credentials",
    signInText: "You will be taken to your organisation's sign-in page.",
    signIn: "Sign in",
    signOut: "Sign out",
    notConfigured: { title: "The console is not set up", text: "The service gave no sign-in settings. Ask its operator." },
  },
};
