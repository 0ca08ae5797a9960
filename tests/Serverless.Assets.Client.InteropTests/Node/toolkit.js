// Uses the client of the public Node toolkit as `twilio serverless:deploy`, `:list`, `:logs` and `:activate` do.
//
//     node toolkit.js deploy '{"url":…,"username":…,"password":…,…}'
"use strict";
const [action, json] = process.argv.slice(2);
const { url, username, password, ...given } = JSON.parse(json);

// The client builds its hosts from region and edge only. Its modules look this function up for each request.
const hosts = require("@twilio-labs/serverless-api/dist/api/utils/api-client");
hosts.getApiUrl = () => new URL("/v1", url).href;

const { TwilioServerlessApiClient } = require("@twilio-labs/serverless-api");
const client = new TwilioServerlessApiClient({ username, password, concurrency: given.concurrency });

const actions = {
  deploy: () =>
    client.deployLocalProject({
      cwd: given.folder,
      serviceName: given.serviceName,
      functionsEnv: "dev",
      env: given.env,
      pkgJson: given.pkgJson,
      runtime: "node22",
      overrideExistingService: true,
    }),
  list: async () => ({
    services: (await client.list({ types: "services" })).services,
    ...(await client.list({
      types: ["environments", "builds", "functions", "assets", "variables"],
      serviceSid: given.serviceSid,
      environment: "dev",
    })),
    logs: await client.getLogs({ serviceSid: given.serviceSid, environment: "dev", filterByFunction: "/hello" }),
  }),
  activate: () =>
    client.activateBuild({
      serviceSid: given.serviceSid,
      sourceEnvironment: "dev",
      targetEnvironment: "prod",
      createEnvironment: true,
      env: { COLOR: "red" },
    }),
  setVariables: async () => {
    await client.setEnvironmentVariables({ ...given, environment: "dev", env: { COLOR: "red", SIZE: 2 }, append: false });
    return client.getEnvironmentVariables({ ...given, environment: "dev", keys: [], getValues: true });
  },
  removeVariables: () => client.removeEnvironmentVariables({ ...given, environment: "dev", keys: ["COLOR"] }),
  remove: async () => {
    await client.request("delete", `Services/${given.serviceSid}`); // the client has no method for it
    return {};
  },
};

// The result has the content of the project's files too.
const withoutContent = (name, value) => (name === "content" ? undefined : value);
actions[action]().then(
  (result) => console.log(JSON.stringify(result, withoutContent)),
  (error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
