// Deploys a folder with the public Node toolkit, as `twilio serverless:deploy` does.
//
//     node toolkit.js '{"url":…,"username":…,"password":…,"folder":…,"service":…,"concurrency":…}'
"use strict";
const { url, username, password, folder, service, concurrency } = JSON.parse(process.argv[2]);

// The client builds its hosts from region and edge only. Its modules look this function up for each request.
const hosts = require("@twilio-labs/serverless-api/dist/api/utils/api-client");
hosts.getApiUrl = () => new URL("/v1", url).href;

const { TwilioServerlessApiClient } = require("@twilio-labs/serverless-api");
const client = new TwilioServerlessApiClient({ username, password, ...(concurrency ? { concurrency } : {}) });
client
  .deployLocalProject({
    cwd: folder,
    serviceName: service,
    functionsEnv: "dev",
    env: {},
    pkgJson: {},
    overrideExistingService: true,
  })
  .catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
