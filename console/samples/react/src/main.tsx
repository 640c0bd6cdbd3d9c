import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Credentials } from "./Credentials";

const api = new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:8000";
createRoot(document.querySelector("#app")!).render(
  <StrictMode>
    <Credentials api={api} />
  </StrictMode>,
);
