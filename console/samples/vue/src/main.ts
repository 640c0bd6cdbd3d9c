import { createApp } from "vue";
import Credentials from "./Credentials.vue";

createApp(Credentials, { api: new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:8000" }).mount("#app");
