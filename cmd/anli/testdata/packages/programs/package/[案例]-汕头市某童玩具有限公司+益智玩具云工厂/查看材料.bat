@echo off
start .
