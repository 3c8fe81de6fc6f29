# shellcheck shell=bash
# What the scripts share. Source it; it changes to the repository's root.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit

say() { printf '%s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# install_packages NAME...: installs the Debian packages that are missing; says nothing if none is.
install_packages() {
    local missing=() name
    command -v dpkg-query >/dev/null ||
        { say "This is no Debian or Ubuntu; make sure that these are installed: $*"; return 0; }
    for name in "$@"; do
        [[ "$(dpkg-query -W -f '${Status}' "$name" 2>/dev/null)" == "install ok installed" ]] || missing+=("$name")
    done
    [[ ${#missing[@]} -gt 0 ]] || return 0

    local as_root=()
    if [[ "$(id -u)" -ne 0 ]]; then
        as_root=(sudo -n)
        sudo -n true 2>/dev/null ||
            die "These packages are missing, and this user may not install them: ${missing[*]}
Run: sudo apt-get install ${missing[*]}"
    fi
    say "Installing with apt-get: ${missing[*]}"
    local log
    log="$(mktemp)"
    # The package lists may be old or absent; fetch them only if the first try needs it.
    if ! apt_install "$log" "${missing[@]}"; then
        "${as_root[@]}" apt-get update -qq >>"$log" 2>&1 || true
        apt_install "$log" "${missing[@]}" || {
            cat "$log" >&2
            die "apt-get could not install: ${missing[*]}"
        }
    fi
    rm -f "$log"
}

# Uses as_root of install_packages.
apt_install() {
    local log="$1"
    shift
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1
}

need_swift() {
    local version
    command -v swift >/dev/null ||
        die "There is no swift here. Install Swift 6.2 or later from https://www.swift.org/install/linux and put it into PATH."
    version="$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)"
    local major minor
    read -r major minor <<<"${version:-0 0}"
    ((major > 6 || (major == 6 && minor >= 2))) ||
        die "Swift 6.2 or later is needed; this is ${major}.${minor}. See https://www.swift.org/install/linux."
}

# What a build needs: the system's libraries and their headers.
need_build_tools() {
    install_packages libssl-dev libcurl4-openssl-dev libsqlite3-dev libzip-dev pkg-config
    need_swift
}

# build_release PRODUCT...: builds and leaves the folder of the binaries in $release. Swift's own libraries are linked
# in, as in the image: one file is the whole program, and it needs less memory.
build_release() {
    need_build_tools
    release="$(swift build -c release --static-swift-stdlib --show-bin-path)"
    [[ -x "$release/$1" ]] || say "Building for release; the first time this takes some minutes."
    local product log
    log="$(mktemp)"
    for product in "$@"; do
        swift build -c release --static-swift-stdlib --product "$product" >"$log" 2>&1 || {
            cat "$log" >&2
            die "The build of $product failed."
        }
    done
    rm -f "$log"
}
