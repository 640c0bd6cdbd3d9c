import "api-client-credentials/react";
import { useState } from "react";

export function Credentials({ api }: { api: string }) {
  const [locale, setLocale] = useState("en");
  const [done, setDone] = useState<readonly string[]>([]);
  const tell = (text: string) => setDone((before) => [...before, text]);
  return (
    <>
      <h1>Our console</h1>
      <label>
        Language
        <select value={locale} onChange={({ target }) => setLocale(target.value)}>
          <option value="en">English</option>
          <option value="de">Deutsch</option>
          <option value="ar">العربية</option>
        </select>
      </label>
      <api-client-credentials
        api={api}
        locale={locale}
        tokenProvider={async () => (await (await fetch("token")).text()).trim()}
        oncredential-created={({ detail }) => tell(`created ${detail.name}`)}
        oncredential-revoked={({ detail }) => tell(`revoked ${detail.name}`)}
        onerror={({ detail }) => tell(`failed: ${detail.kind}`)}
      />
      <h2>What was done</h2>
      <ol>
        {done.map((text, index) => (
          <li key={index}>{text}</li>
        ))}
      </ol>
    </>
  );
}
