"use strict";

// The token of the certification API, which goes with its cookie; asking for it sets the cookie.
const csrfToken = async () => {
  const find = () => document.cookie.match(/(?:^|;\s*)csrftoken=([^;]+)/)?.[1];
  if (!find()) await fetch("/csrf/");
  return find();
};

const wantsToken = (request) => {
  const path = new URL(request.url, document.baseURI).pathname;
  const operation = ui.specSelectors.specJson().getIn(["paths", path, request.method.toLowerCase()]);
  return operation?.get("security")?.some((schemes) => schemes.has("csrfToken"));
};

const ui = SwaggerUIBundle({
  url: "{{ schema_url|escapejs }}",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  requestInterceptor: async (request) => {
    if (!request.loadSpec && wantsToken(request)) request.headers["X-CSRFToken"] = await csrfToken();
    return request;
  },
  ...{{ settings|safe }},
});
