const element = document.querySelector("api-client-credentials");
element.api = new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:8000";
element.tokenProvider = async () => (await (await fetch("token")).text()).trim();

const done = document.querySelector("#done");
function tell(text) {
  done.append(Object.assign(document.createElement("li"), { textContent: text }));
}
element.addEventListener("credential-created", ({ detail }) => tell(`created ${detail.name}`));
element.addEventListener("credential-revoked", ({ detail }) => tell(`revoked ${detail.name}`));
element.addEventListener("error", ({ detail }) => tell(`failed: ${detail.kind}`));

document.querySelector("#language").addEventListener("change", ({ target }) => {
  element.locale = target.value;
});
