@echo off
rem Starts the plugin with the Node on the PATH.
setlocal
rem The current folder is the program's: a node.js or node.cmd there is not Node.
set "NoDefaultCurrentDirectoryInExePath=1"
where $PATH:node >nul 2>nul || (
  echo pulumi-resource-crashtest: Node must be on the PATH, but there is none. 1>&2
  exit /b 1
)
node "%~dp0start-plugin.js" %*
