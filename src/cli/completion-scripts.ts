import { harness } from "../package-facts.js";

/** What the scripts call this program with, before the words of the command line up to the cursor. */
export const completionFlag = "--get-yargs-completions";

const { name } = harness;
const prefix = `_${name.replaceAll("-", "_")}`;

/**
 * Asks the program that the user would start: on the path, in the project, or through npx, which then fetches nothing.
 * In words that bash 3.2 and zsh share.
 */
const program = `${prefix}_program() {
  if command -v ${name} >/dev/null 2>&1; then
    command ${name} "$@" 2>/dev/null
    return
  fi
  local directory=$PWD
  while true; do
    if [ -x "$directory/node_modules/.bin/${name}" ]; then
      "$directory/node_modules/.bin/${name}" "$@" 2>/dev/null
      return
    fi
    [ -n "$directory" ] || break
    directory=\${directory%/*}
  done
  npx --no-install ${name} "$@" 2>/dev/null </dev/null
}`;

const bash = `###-begin-${name}-completions-###
# Installation: ${name} completion bash >> ~/.bashrc (with npx before it where it is not installed globally)
${program}
# From this word on: of \`${name} run\` it is the first, of \`npx ${name} run\` the second.
${prefix}_from() {
  local IFS=$'\\n'
  COMPREPLY=($(${prefix}_program ${completionFlag} ${name} "\${COMP_WORDS[@]:$1:$((COMP_CWORD - $1 + 1))}"))
}
${prefix}() { ${prefix}_from 1; }
${prefix}_npx() {
  local index
  for ((index = 1; index < COMP_CWORD; index += 1)); do
    case \${COMP_WORDS[index]} in
      ${name} | ${name}@*)
        # Bash takes a version for two words more.
        [ "\${COMP_WORDS[index + 1]}" = @ ] && index=$((index + 2))
        [ "$index" -lt "$COMP_CWORD" ] && ${prefix}_from $((index + 1))
        return
        ;;
      -*) ;;
      *) break ;;
    esac
  done
  [ -z "$${prefix}_npx_before" ] || "$${prefix}_npx_before" "$@"
}
${prefix}_npx_before=$(complete -p npx 2>/dev/null | sed -n 's/.* -F \\([^ ]*\\) .*/\\1/p')
[ "$${prefix}_npx_before" != ${prefix}_npx ] || ${prefix}_npx_before=
complete -o bashdefault -o default -F ${prefix} ${name}
complete -o bashdefault -o default -F ${prefix}_npx npx
###-end-${name}-completions-###`;

const zsh = `#compdef ${name}
###-begin-${name}-completions-###
# Installation: ${name} completion zsh >> ~/.zshrc (with npx before it where it is not installed globally)
${program}
${prefix}() {
  local -a offered
  offered=(\${(f)"$(${prefix}_program ${completionFlag} ${name} "\${(@)words[2,CURRENT]}")"})
  if (( \${#offered} )); then compadd -- $offered; else _default; fi
}
${prefix}_npx() {
  local index
  for (( index = 2; index < CURRENT; index += 1 )); do
    case \${words[index]} in
      ${name}|${name}@*)
        words=(${name} "\${(@)words[index+1,-1]}")
        CURRENT=$(( CURRENT - index + 1 ))
        ${prefix}
        return
        ;;
      -*) ;;
      *) break ;;
    esac
  done
  if (( \${+functions[$${prefix}_npx_before]} )); then $${prefix}_npx_before "$@"; else _default; fi
}
(( \${+functions[compdef]} )) || { autoload -Uz compinit && compinit; }
${prefix}_npx_before=\${_comps[npx]}
[[ "$${prefix}_npx_before" != ${prefix}_npx ]] || ${prefix}_npx_before=
compdef ${prefix} ${name}
compdef ${prefix}_npx npx
###-end-${name}-completions-###`;

const fish = `###-begin-${name}-completions-###
# Installation: ${name} completion fish >> ~/.config/fish/config.fish (with npx before it where it is not installed globally)
function ${prefix}
  set -l words (commandline -opc)[2..] (commandline -ct)
  if test (commandline -opc)[1] = npx
    while string match -q -- '-*' $words[1]
      set words $words[2..]
    end
    string match -qr -- '^${name}(@|$)' $words[1]; or return
    set words $words[2..]
    test (count $words) -gt 0; or return
  end
  set -l offered
  if command -q ${name}
    set offered (command ${name} ${completionFlag} ${name} $words 2>/dev/null)
  else
    set offered (npx --no-install ${name} ${completionFlag} ${name} $words 2>/dev/null </dev/null)
  end
  # Where a file is wanted.
  test (count $offered) -gt 0; or set offered (__fish_complete_path (commandline -ct))
  printf '%s\\n' $offered
end
complete -f -c ${name} -a '(${prefix})'
complete -c npx -a '(${prefix})'
###-end-${name}-completions-###`;

/** By shell: what makes it complete this program's commands, also behind npx. */
export const completionScripts = { bash, zsh, fish } as const;
