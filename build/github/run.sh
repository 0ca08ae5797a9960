#!/usr/bin/env bash
# The steps of build/github/action.yml: `run.sh prepare`, then `run.sh run`. Inputs are in ASSETS_INPUT_… variables and
# credentials in TWILIO_… variables: an expression inside a script would let a branch name inject code. Must work with
# bash 3.2 of macOS and with Git for Windows.
set -euo pipefail
# Keeps Git for Windows from converting arguments such as /audio to C:\…
export MSYS_NO_PATHCONV=1 MSYS2_ARG_CONV_EXCL='*'
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 NO_COLOR=1 # the output that the problem matcher expects

# --- begin: the command line. The same in build/github/run.sh and build/azure-pipelines/scripts.yml. ---
# Prints an input, or nothing if it is not set.
input() {
  local name
  name=ASSETS_INPUT_$(printf '%s' "$1" | tr 'a-z-' 'A-Z_')
  printf '%s' "${!name-}"
}

# Adds the inputs that are set to the array `arguments`, as options of the tool.
add_options() {
  local name value
  for name in "$@"; do
    value=$(input "$name")
    if [ -n "$value" ]; then arguments+=("--$name=$value"); fi
  done
}

# Adds the inputs as MSBuild properties. MSBuild gives % ; , and quotes a special meaning, so they are escaped.
add_properties() {
  local name pascal value
  while read -r name pascal; do
    value=$(input "$name")
    value=${value//%/%25}
    value=${value//;/%3B}
    value=${value//,/%2C}
    value=${value//\"/%22}
    if [ -n "$value" ]; then arguments+=("-p:ServerlessAssets$pascal=$value"); fi
  done < <(printf '%s\n' "$@" | awk -F- '{ p = ""; for (i = 1; i <= NF; i++) p = p toupper(substr($i, 1, 1)) substr($i, 2); print $0, p }')
}

# Sets the array `arguments` to the command line of a command of the tool.
tool_arguments() {
  local step=$1 folder name
  arguments=("$tool" "$step")
  case $step in
    plan | upload)
      while IFS= read -r folder; do
        case $folder in -*) folder=./$folder ;; esac # a folder, not an option
        if [ -n "$folder" ]; then arguments+=("$folder"); fi
      done < <(input folders; echo)
      add_options patterns exclude-patterns path-prefix visibility visibility-from-file-name path-characters allow root-index preview-environments
      ;;
  esac
  case $step in plan | build | deploy) add_options other-assets keep-days ;; esac
  case $step in plan | upload | build | deploy) add_options state-store service-limits ;; esac
  case $step in build | deploy) add_options runtime ;; esac
  case $step in deploy | promote) add_options domain-suffix ;; esac
  case $step in
    deploy) add_options verify ;;
    promote) add_options from ;;
    prune)
      add_options yes preview-environments
      for name in older-than keep-builds max-delete previews; do
        if [ -n "$(input "prune-$name")" ]; then arguments+=("--$name=$(input "prune-$name")"); fi
      done
      ;;
    remove) arguments+=(--yes) ;; # a pipeline cannot answer the prompt
    rollback) if [ -n "$(input rollback-to)" ]; then arguments+=("--build=$(input rollback-to)"); fi ;;
  esac
  add_options service-sid service-name create-service service-rules environment region edge api-base-url upload-base-url manifest-path \
    state-path max-concurrency request-timeout timeout emulator emulator-data
}

# Sets the array `arguments` to the command line that runs a command on a project that uses the package.
project_arguments() {
  local command=$1 project configuration
  project=$(input project)
  configuration=$(input configuration)
  case $command-$(input use-manifest) in
    upload-*) arguments=(dotnet publish "$project" -p:ServerlessAssetsUploadOn=Publish -p:ServerlessAssetsDeployOn=None) ;;
    deploy-true) arguments=(dotnet msbuild "$project" -restore -t:DeployServerlessAssets) ;;
    deploy-*) arguments=(dotnet publish "$project" -p:ServerlessAssetsDeployOn=Publish) ;;
    plan-*) arguments=(dotnet msbuild "$project" -restore -t:PlanServerlessAssets) ;;
    build-*) arguments=(dotnet msbuild "$project" -restore -t:BuildServerlessAssets) ;;
    verify-*) arguments=(dotnet msbuild "$project" -restore -t:VerifyServerlessAssets) ;;
    rollback-*) arguments=(dotnet msbuild "$project" -restore -t:RollbackServerlessAssets) ;;
    prune-*) arguments=(dotnet msbuild "$project" -restore -t:PruneServerlessAssets) ;;
  esac
  # All commands use the same configuration, because its output folder contains the manifest. NoSummary avoids reporting
  # each problem twice.
  arguments+=(-nologo -tl:off -clp:NoSummary "-p:Configuration=${configuration:-Release}")
  add_properties service-sid service-name create-service service-rules environment region edge api-base-url upload-base-url manifest-path \
    state-path max-concurrency request-timeout timeout emulator emulator-data report-path other-assets runtime domain-suffix verify \
    yes rollback-to prune-older-than prune-keep-builds prune-max-delete prune-previews preview-environments use-manifest visibility-from-file-name path-characters allow root-index \
    service-limits state-store keep-days
}

# Installs the tool to the folder, unless it exists, and sets `tool`.
install_tool() {
  local version
  version=$(input tool-version)
  tool=$1/${version:-newest}/serverless-assets
  if [ ! -e "$tool" ] && [ ! -e "$tool.exe" ]; then
    arguments=(dotnet tool install Serverless.Assets.Cli --tool-path "$(dirname "$tool")")
    if [ -n "$version" ]; then arguments+=(--version "$version"); fi
    "${arguments[@]}"
  fi
}

# Runs `arguments`. Canceling a job interrupts only this shell, so it forwards the signal to the program and waits until
# the program has saved its upload state.
call() {
  local status=0 child
  "${arguments[@]}" &
  child=$!
  trap 'kill -TERM "$child" 2> /dev/null || true' INT TERM
  wait "$child" || status=$?
  while kill -0 "$child" 2> /dev/null; do
    status=0
    wait "$child" || status=$?
  done
  trap - INT TERM
  return "$status"
}

# Runs a command that writes its summary and outputs to files.
run_command() {
  local command=$1 summary=$2 outputs=$3 temporary=$4 steps step report status
  if [ -n "$(input project)" ] && [ "$command" != promote ] && [ "$command" != remove ]; then
    project_arguments "$command"
    arguments+=("-p:ServerlessAssetsSummaryPath=$summary" "-p:ServerlessAssetsOutputsPath=$outputs")
    call
    return
  fi

  install_tool "$temporary/serverless-assets-tool" || return
  steps=$command
  case $command-$(input use-manifest) in build-true | deploy-true) ;; build-* | deploy-*) steps="upload $command" ;; esac
  rm -rf "$temporary/serverless-assets-upload.md"
  for step in $steps; do
    tool_arguments "$step"
    arguments+=("--outputs=$outputs")
    report=$(input report-path)
    if [ "$step" = "$command" ]; then
      arguments+=("--summary=$summary")
    else
      arguments+=("--summary=$temporary/serverless-assets-upload.md")
      report=${report:+${report%.html}.upload.html} # each step has its own report
    fi
    if [ -n "$report" ]; then arguments+=("--report-path=$report"); fi
    status=0
    call || status=$?
    if [ "$status" -ne 0 ]; then
      if [ "$step" != "$command" ] && [ -e "$temporary/serverless-assets-upload.md" ]; then cat "$temporary/serverless-assets-upload.md" >> "$summary"; fi
      return "$status"
    fi
  done
  if [ -e "$temporary/serverless-assets-upload.md" ]; then
    printf '<details><summary>Upload</summary>\n\n%s\n\n</details>\n\n' "$(cat "$temporary/serverless-assets-upload.md")" >> "$summary"
  fi
}

# Whether credentials are set, or not needed.
has_credentials() {
  [ "$(input emulator)" = true ] || { [ -n "${TWILIO_API_KEY-}" ] && [ -n "${TWILIO_API_SECRET-}" ]; } || { [ -n "${TWILIO_ACCOUNT_SID-}" ] && [ -n "${TWILIO_AUTH_TOKEN-}" ]; }
}

# Prints the path of the upload state. The default is relative, so that all operating systems can share a cache.
state_path() {
  local path project folder=.
  path=$(input state-path)
  project=$(input project)
  if [ -d "$project" ]; then folder=$project; elif [ -n "$project" ]; then folder=$(dirname "$project"); fi
  path=${path:-$folder/obj/serverless-assets}
  printf '%s' "${path#./}"
}
# Sets the full path of the upload state, regardless of the project's settings.
place_state() {
  ASSETS_INPUT_STATE_PATH=$(state_path)
  case $ASSETS_INPUT_STATE_PATH in
    /* | ?:*) ;;
    *) ASSETS_INPUT_STATE_PATH=$(pwd -W 2> /dev/null || pwd)/$ASSETS_INPUT_STATE_PATH ;;
  esac
}

# Prints a hash of the Service and the folders, because an upload state is useless for others.
cache_scope() {
  printf '%s\n' "$(input service-sid)" "$(input service-name)" "$(input working-directory)" "$(state_path)" | cksum | cut -d ' ' -f 1
}

# Prints a git ref for a cache key. Encodes what a key cannot contain. No ref contains a tilde or a colon, so different
# refs never have the same text, and none is the beginning of that of another ref.
ref_key() {
  local key
  key=$(printf '%s' "$1" | od -An -v -tx1 | LC_ALL=C awk '
    BEGIN { for (n = 33; n < 127; n++) { c = sprintf("%c", n); if (c ~ /[A-Za-z0-9._\/-]/) plain[sprintf("%02x", n)] = c } }
    { for (i = 1; i <= NF; i++) key = key (($i in plain) ? plain[$i] : "~" $i) }
    END { print key }')
  if [ "${#key}" -gt 300 ]; then key="~~$(printf '%s' "$1" | cksum | tr ' ' -)"; fi # a key has at most 512 characters
  printf '%s:' "$key"
}

# Prints the hash of the current upload state, or nothing if there is none.
state_hash() {
  if [ -e "$ASSETS_INPUT_STATE_PATH/uploads.journal" ]; then cksum < "$ASSETS_INPUT_STATE_PATH/uploads.journal" | tr ' ' -; fi
}
# --- end: the command line. ---

# Escapes a value for a workflow command.
escape() {
  local value=$1
  value=${value//%/%25}
  value=${value//$'\r'/%0D}
  printf '%s' "${value//$'\n'/%0A}"
}

# Masks a secret, and each of its lines, in the rest of the job's log.
mask() {
  local line
  if [ -n "$1" ]; then
    while IFS= read -r line; do
      line=${line%$'\r'}
      if [ -n "$line" ]; then echo "::add-mask::$(escape "$line")"; fi
    done <<< "$1"
    case $1 in *$'\n'*) echo "::add-mask::$(escape "$1")" ;; esac
  fi
}

# Masks credentials both in plain form and as in the header of a request.
mask_pair() {
  mask "$1"
  mask "$2"
  if [ -n "$1" ] && [ -n "$2" ]; then mask "$(printf '%s:%s' "$1" "$2" | base64 | tr -d '\r\n')"; fi
}

prepare() {
  local command state
  mask_pair "${TWILIO_API_KEY-}" "${TWILIO_API_SECRET-}"
  mask_pair "${TWILIO_ACCOUNT_SID-}" "${TWILIO_AUTH_TOKEN-}"
  mask "${SERVERLESS_ASSETS_REDIS_PASSWORD-}"
  command=$(input command)
  case $command in
    plan | upload | build | deploy | verify | rollback | promote | prune | remove) ;;
    *)
      echo "::error::$(escape "The input command '$command' is not valid: expected plan, upload, build, deploy, verify, rollback, promote, prune or remove.")"
      exit 1
      ;;
  esac
  if [ "$(input required)" = false ] && ! has_credentials; then
    echo "::notice::Skipped serverless-assets $command: there are no credentials, as in a pull request from a fork."
    printf '### Serverless assets\n\n⚪ **Skipped**: there are no credentials, as in a pull request from a fork.\n\n' >> "$GITHUB_STEP_SUMMARY"
    echo "skipped=true" >> "$GITHUB_OUTPUT"
    return
  fi

  echo "skipped=false" >> "$GITHUB_OUTPUT"
  case $(input cache)-$command in
    true-plan | true-upload | true-build | true-deploy)
      state=$(state_path)
      case $(input working-directory) in . | '') ;; *) state=$(input working-directory)/$state ;; esac
      {
        echo "state-path=${state//$'\n'/}"
        echo "cache-prefix=serverless-assets-$(cache_scope)-$(ref_key "${GITHUB_REF-}")"
        echo "cache-default-prefix=serverless-assets-$(cache_scope)-$(ref_key "refs/heads/${ASSETS_DEFAULT_BRANCH-}")"
      } >> "$GITHUB_OUTPUT"
      ;;
  esac
}

# Whether to save the state under the ref of the run. Others, such as pull_request_target, workflow_run and issue_comment,
# run with the ref of the default branch, but on behalf of everyone who can open a pull request or write a comment.
saves_state() {
  case ${GITHUB_EVENT_NAME-} in
    push | pull_request | merge_group | schedule | workflow_dispatch | repository_dispatch | release) ;;
    *) return 1 ;;
  esac
}

run() {
  local command before after resume status=0
  command=$(input command)
  place_state
  before=$(state_hash)
  echo "::add-matcher::$GITHUB_ACTION_PATH/problem-matcher.json"
  echo "::group::serverless-assets $command"
  # Do not interpret program output as workflow commands. Problem matchers still see it.
  resume=resume-$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "::stop-commands::$resume"
  run_command "$command" "$GITHUB_STEP_SUMMARY" "$GITHUB_OUTPUT" "$RUNNER_TEMP" || status=$?
  echo "::$resume::"
  echo "::endgroup::"
  echo "::remove-matcher owner=serverless-assets::"
  after=$(state_hash)
  # Caches are immutable: use a new key for each state, and none if the state is unchanged.
  if [ "$before" != "$after" ] && saves_state; then echo "state-key=$GITHUB_RUN_ID-$GITHUB_RUN_ATTEMPT-$after" >> "$GITHUB_OUTPUT"; fi
  if [ "$status" -ne 0 ]; then echo "::error::serverless-assets $command failed (exit code $status). The errors are in the job's summary."; fi
  exit "$status"
}

"$1"
