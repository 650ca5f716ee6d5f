@echo off
rem Starts the plugin with the Node on the PATH.
setlocal
set "needed=pulumi-resource-crashtest: Node 20.18.1 or newer must be on the PATH"
where node >nul 2>nul || (
  echo %needed%, but there is none. 1>&2
  exit /b 1
)
set "version=0"
for /f "tokens=1-3 delims=v.-" %%a in ('node --version') do set /a "version=%%a * 1000000 + %%b * 1000 + %%c"
if %version% lss 20018001 (
  echo %needed%, but that Node is older. 1>&2
  exit /b 1
)
rem In the npm package, the start scripts lie in a folder of their own.
set "folder=%~dp0"
if not exist "%folder%dist" set "folder=%folder%..\"
node "%folder%dist\provider\plugin\main.js" %*
